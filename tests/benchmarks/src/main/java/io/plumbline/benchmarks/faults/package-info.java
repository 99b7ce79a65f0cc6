/** What the gateway is worth when everything around it fails: it is killed, its brokers go and come, and every message is accounted for. */
@NullMarked
package io.plumbline.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
