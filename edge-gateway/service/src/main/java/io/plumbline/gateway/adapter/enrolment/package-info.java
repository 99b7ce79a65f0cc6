/**
 * Who this gateway is, if no fleet file names it: it shows a token that works once, and has a name, a site and a secret from then on, which
 * lie in its folder.
 */
@NullMarked
package io.plumbline.gateway.adapter.enrolment;

import org.jspecify.annotations.NullMarked;
