package io.plumbline.fleet.core.console.recalibration;

import io.plumbline.fleet.core.console.Paging;
import java.util.List;

/**
 * The recalibrations that were heard of.
 *
 * @param sheets newest first
 */
public record RecalibrationBoard(List<RecalibrationSheet> sheets, Paging pages) {

    public RecalibrationBoard {
        sheets = List.copyOf(sheets);
    }
}
