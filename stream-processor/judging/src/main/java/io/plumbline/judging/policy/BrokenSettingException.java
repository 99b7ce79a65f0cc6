package io.plumbline.judging.policy;

/** A setting that cannot be; the message is one line and names setting, value and rule. */
public final class BrokenSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String text;
    private final String rule;

    /** @param rule completes the sentence "name is 'text'; it ..." */
    public BrokenSettingException(String name, String text, String rule) {
        super(name + " is '" + text + "'; it " + rule);
        this.name = name;
        this.text = text;
        this.rule = rule;
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    public String rule() {
        return rule;
    }
}
