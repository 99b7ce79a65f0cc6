package io.plumbline.registry.core.oci;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as {@code n} and {@code last} ask for it.
 *
 * @param next what {@code last} has to be for the page behind this one; empty at the end
 */
public record Page(List<String> items, Optional<String> next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * @param all in this order
     * @param count most items; all where it is not given
     * @param last the item before the first, which need not be there any more
     * @throws OciException if the count is no whole number from 0
     */
    public static Page of(List<String> all, Comparator<String> order, @Nullable String count, @Nullable String last) {
        var rest = last == null
                ? all
                : all.stream().filter(item -> order.compare(item, last) > 0).toList();
        var size = count == null ? rest.size() : Math.min(number(count), rest.size());
        var items = rest.subList(0, size);
        return new Page(
                items, size == 0 || size == rest.size() ? Optional.empty() : Optional.of(items.get(items.size() - 1)));
    }

    private static int number(String count) {
        if (!count.matches("\\d{1,18}")) {
            throw new OciException(
                    OciException.Code.PAGINATION_NUMBER_INVALID, "n is '" + count + "', and must be a whole number");
        }
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(count));
    }
}
