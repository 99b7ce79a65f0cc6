package io.plumbline.contract.login;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a server wants before it answers: a {@code WWW-Authenticate} header.
 *
 * @param scheme in small letters
 * @param parameters by name, in small letters
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, 11.6.1</a>
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z_]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))");

    static Challenge parse(String header) {
        var words = header.strip().split("\\s+", 2);
        var parameters = new TreeMap<String, String>();
        var found = PARAMETER.matcher(words.length > 1 ? words[1] : "");
        while (found.find()) {
            var value = found.group(2) == null ? found.group(3) : found.group(2);
            parameters.put(found.group(1).toLowerCase(Locale.ROOT), value);
        }
        return new Challenge(words[0].toLowerCase(Locale.ROOT), parameters);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
