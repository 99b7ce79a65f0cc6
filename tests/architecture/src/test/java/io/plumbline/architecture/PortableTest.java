package io.plumbline.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class PortableTest {

    /** What may differ in its last digit between two machines; roots, roundings and the like may not. */
    private static final String INEXACT =
            "a?(sin|cos|tan)h?|atan2|exp|expm1|log|log10|log1p|pow|cbrt|hypot|IEEEremainder";

    @Test
    void whatIsDecidedOrJudgedIsTheSameOnEveryMachine() {
        noClasses()
                .that()
                .resideInAnyPackage("io.plumbline.drift..", "io.plumbline.judging..", "io.plumbline.rollout..")
                .should()
                .accessTargetWhere(target(owner(type(Math.class))).and(target(nameMatching(INEXACT))))
                .because("a decision is made again from its log, to the last bit, on another machine: use StrictMath")
                .check(Product.classes());
    }
}
