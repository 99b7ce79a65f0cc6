package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.wire.Json;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.core.control.FleetVersion;
import io.plumbline.fleet.core.control.NotNowException;
import io.plumbline.fleet.core.control.UnknownNameException;
import io.plumbline.fleet.core.enrolment.EnrolmentRefusedException;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import io.plumbline.fleet.core.spec.SpecProblem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Why a request was refused.
 *
 * @param error one sentence that says what to do about it
 * @param problems every complaint about a fleet file; empty otherwise
 */
record Problem(String error, List<SpecProblem> problems) {

    static Response of(int status, String error) {
        return of(status, new Problem(error, List.of()));
    }

    private static Response of(int status, Problem problem) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.encode(problem))
                .build();
    }

    /** Turns what the core and the readers throw into answers. */
    static final class Mappers {

        @ServerExceptionMapper
        Response unknown(UnknownNameException e) {
            return of(404, message(e));
        }

        @ServerExceptionMapper
        Response refused(EnrolmentRefusedException e) {
            return of(e.token() ? 401 : 409, message(e));
        }

        @ServerExceptionMapper
        Response notNow(NotNowException e) {
            return of(409, message(e));
        }

        @ServerExceptionMapper
        Response overtaken(FleetVersion.OvertakenException e) {
            return of(412, message(e));
        }

        @ServerExceptionMapper
        Response unavailable(StoreUnavailableException e) {
            return of(503, message(e));
        }

        @ServerExceptionMapper
        Response malformed(BadRequest e) {
            return of(400, message(e));
        }

        @ServerExceptionMapper
        Response invalid(InvalidFleetException e) {
            var first = e.problems().get(0);
            var more = e.problems().size() - 1;
            return of(
                    400,
                    new Problem("fleet file: " + first + (more == 0 ? "" : " (and " + more + " more)"), e.problems()));
        }

        private static String message(Exception e) {
            return String.valueOf(e.getMessage());
        }
    }
}
