package io.plumbline.gateway.core.reading;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The places of a layout as a tree of names; an element of a list is named by its position. Built first, then only read. */
final class PlaceTree {

    /** What is to be found at a place. */
    enum Part {
        NONE,
        VALUE,
        TIME,
        SEQUENCE,
        /** All values, in the order of the model card. */
        LIST
    }

    private final Map<String, PlaceTree> members = new HashMap<>();
    private Part part = Part.NONE;
    private int index;

    /**
     * @param pointer JSON Pointer
     * @param index of the feature, for a value
     * @throws IllegalArgumentException if something else is at this place, or within it or around it
     */
    void add(String pointer, Part wanted, int index) {
        var place = this;
        for (var name : pointer.substring(1).split("/", -1)) {
            place.requireFree(pointer, place.part == Part.NONE);
            place = place.members.computeIfAbsent(
                    name.replace("~1", "/").replace("~0", "~"), unseen -> new PlaceTree());
        }
        place.requireFree(pointer, place.part == Part.NONE && place.members.isEmpty());
        place.part = wanted;
        place.index = index;
    }

    private void requireFree(String pointer, boolean free) {
        if (!free) {
            throw new IllegalArgumentException(
                    "place '" + pointer + "' is taken twice; every part needs one of its own");
        }
    }

    Part part() {
        return part;
    }

    /** Of the feature; for a value. */
    int index() {
        return index;
    }

    /** Whether all that lies within is named by positions. */
    boolean isList() {
        return members.keySet().stream().allMatch(name -> name.matches("[0-9]+"));
    }

    Optional<PlaceTree> member(String name) {
        return Optional.ofNullable(members.get(name));
    }
}
