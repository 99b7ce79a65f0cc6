package io.plumbline.registry.adapter.operator;

import io.plumbline.contract.login.Operators;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who makes the request under way, as far as a token says so. Used by one request. */
@RequestScoped
public class Requester {

    private Optional<String> holder = Optional.empty();

    /** A token was shown that is this operator's own. */
    public void is(String operator) {
        holder = Optional.of(operator);
    }

    /**
     * Who is to be noted: what the request says, and the holder of the token wherever that is somebody else.
     *
     * @param by whom the request names; empty if nobody
     */
    public String noted(String by) {
        return Operators.noted(holder, by);
    }
}
