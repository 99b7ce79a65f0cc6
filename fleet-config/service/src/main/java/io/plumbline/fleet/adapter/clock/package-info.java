/** What makes the control plane look again although nothing new was heard: deadlines pass by themselves. */
@NullMarked
package io.plumbline.fleet.adapter.clock;

import org.jspecify.annotations.NullMarked;
