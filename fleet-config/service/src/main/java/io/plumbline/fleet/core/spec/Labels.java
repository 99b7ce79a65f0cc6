package io.plumbline.fleet.core.spec;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Require;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What people say of gateways, to choose them by: {@code hardware: nuc}. A name is of lower-case letters, digits, '.', '_' and '-'; a
 * value has capitals, too. Both have 1 to 63 characters.
 */
public final class Labels {

    /** Every gateway has it: the name of its site. */
    public static final String SITE = "site";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    private Labels() {}

    /** @throws IllegalArgumentException with the rule that is broken */
    public static Map<String, String> checked(Map<String, String> labels) {
        labels.forEach((name, value) -> {
            requireName(name);
            Require.that(!name.equals(SITE), "'" + SITE + "' is a label that every gateway has already: where it is");
            requireValue(value);
        });
        return Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    static void requireName(String name) {
        Require.that(
                NAME.matcher(name).matches(),
                "label '" + name
                        + "' must be at most 63 of a-z, 0-9, '.', '_' and '-', with a letter or digit at both ends");
    }

    static void requireValue(String value) {
        Require.that(
                VALUE.matcher(value).matches(),
                "'" + value
                        + "' must be at most 63 letters, digits, '.', '_' and '-', with a letter or digit at both ends");
    }

    /** Those of a gateway: of its site, its own before those, and the site itself. */
    static Map<String, String> all(SiteId site, Map<String, String> ofSite, Map<String, String> own) {
        var all = new TreeMap<>(ofSite);
        all.putAll(own);
        all.put(SITE, site.value());
        return all;
    }
}
