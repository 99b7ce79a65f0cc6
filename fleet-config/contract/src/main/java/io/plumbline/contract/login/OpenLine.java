package io.plumbline.contract.login;

import java.net.URI;
import java.util.Locale;

/** Lines on which everybody on the way can read along and answer in another's name: all that lack TLS and leave this machine. */
public final class OpenLine {

    private OpenLine() {}

    /**
     * @param url with a host
     * @param secret what is about to be sent there, such as {@code a password}
     * @throws LoginException if it would go over an open line
     */
    public static void refuse(URI url, String secret) throws LoginException {
        var host = url.getHost().toLowerCase(Locale.ROOT);
        var isHere = host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("[::1]");
        if (!"https".equalsIgnoreCase(url.getScheme()) && !isHere) {
            throw new LoginException(secret + " is not sent to " + url.getScheme() + "://" + url.getAuthority()
                    + ", where everybody on the way could read it: use https");
        }
    }
}
