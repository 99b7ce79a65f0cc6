/**
 * The shared language of Plumbline: what services say to each other, and nothing about how they work. Services meet
 * only through the types and topics below this package.
 */
@NullMarked
package io.plumbline.contract;

import org.jspecify.annotations.NullMarked;
