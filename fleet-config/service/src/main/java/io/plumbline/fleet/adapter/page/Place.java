package io.plumbline.fleet.adapter.page;

/** The pages of the console, in the order of the navigation. A page that is built adds itself here. */
public enum Place {
    FLEET("/", "Fleet"),
    MODELS("/models", "Models"),
    DRIFT("/drift", "Drift"),
    ROLLOUTS("/rollouts", "Rollouts"),
    RECALIBRATIONS("/recalibrations", "Recalibrations"),
    LIVE("/live", "Live"),
    ALERTS("/alerts", "Alerts"),
    AUDIT("/audit", "Audit");

    private final String path;
    private final String title;

    Place(String path, String title) {
        this.path = path;
        this.title = title;
    }

    public String path() {
        return path;
    }

    public String title() {
        return title;
    }
}
