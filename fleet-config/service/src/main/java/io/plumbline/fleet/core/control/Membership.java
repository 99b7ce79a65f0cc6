package io.plumbline.fleet.core.control;

import io.plumbline.contract.id.Digest;
import io.plumbline.fleet.core.enrolment.Member;

/** A gateway comes by invitation, or goes. */
public sealed interface Membership {

    /** As it is from now on. */
    Member member();

    /** @param token the digest of the one that it came with, which is good no more */
    record Joined(Member member, Digest token) implements Membership {}

    /** @param by who sends it away, and why */
    record Left(Member member, Authorship by) implements Membership {}
}
