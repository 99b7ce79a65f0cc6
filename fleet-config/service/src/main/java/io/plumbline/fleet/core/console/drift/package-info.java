/** Why a model leaves what it should be: its verdict, the facts behind it in words, where it is, and what happened before. Pure. */
@NullMarked
package io.plumbline.fleet.core.console.drift;

import org.jspecify.annotations.NullMarked;
