package io.plumbline.gateway.core.status;

import java.util.Optional;

/** Whether one link stands, as the part that uses it last found. One thread says, any thread may ask. */
public final class Reach {

    private volatile Link link;

    /** Not tried yet. */
    public Reach(String name) {
        link = new Link(name, false, Optional.of("not connected yet"));
    }

    public void up() {
        link = new Link(link.name(), true, Optional.empty());
    }

    /** @param because the first line of it is kept */
    public void down(String because) {
        link = new Link(
                link.name(), false, because.lines().findFirst().map(line -> line.replaceAll("\\p{Cntrl}", "?")));
    }

    public boolean isUp() {
        return link.up();
    }

    public Link link() {
        return link;
    }
}
