/* How long ago something was, as the server says it too. */

export function ago(iso, now) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(iso)) / 1000));
  if (seconds < 2) {
    return "now";
  }
  if (seconds < 120) {
    return seconds + " s ago";
  }
  if (seconds < 7200) {
    return Math.floor(seconds / 60) + " min ago";
  }
  return seconds < 172800 ? Math.floor(seconds / 3600) + " h ago" : Math.floor(seconds / 86400) + " days ago";
}
