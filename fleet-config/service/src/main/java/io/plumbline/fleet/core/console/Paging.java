package io.plumbline.fleet.core.console;

import java.util.List;

/**
 * Which part of a long list is shown.
 *
 * @param page from 1
 * @param pages at least 1
 * @param total how many there are on all pages
 */
public record Paging(int page, int pages, int total, int perPage) {

    /** @param asked the page that was asked for; the nearest there is if there is no such page */
    public static Paging of(int asked, int total, int perPage) {
        var pages = Math.max(1, (total + perPage - 1) / perPage);
        return new Paging(Math.min(Math.max(1, asked), pages), pages, total, perPage);
    }

    /** What is on this page. */
    public <T> List<T> cut(List<T> all) {
        var from = (page - 1) * perPage;
        return List.copyOf(all.subList(from, Math.min(all.size(), from + perPage)));
    }

    public boolean several() {
        return pages > 1;
    }

    /** The page before, or 0. */
    public int previous() {
        return page - 1;
    }

    /** The page after, or 0. */
    public int next() {
        return page < pages ? page + 1 : 0;
    }
}
