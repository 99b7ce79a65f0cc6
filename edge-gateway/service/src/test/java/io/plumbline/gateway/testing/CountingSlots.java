package io.plumbline.gateway.testing;

import io.plumbline.contract.id.Digest;
import io.plumbline.gateway.core.slots.SlotMetrics;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it is told. */
public final class CountingSlots implements SlotMetrics {

    public final List<Long> older = new ArrayList<>();
    public final List<Digest> crashed = new ArrayList<>();
    public final List<String> unavailable = new ArrayList<>();
    public final List<Long> proven = new ArrayList<>();

    @Override
    public void olderGeneration(long offered, long known) {
        older.add(offered);
    }

    @Override
    public void crashed(Digest build, String because) {
        crashed.add(build);
    }

    @Override
    public void unavailable(Digest build, String because) {
        unavailable.add(because);
    }

    @Override
    public void proven(long generation) {
        proven.add(generation);
    }
}
