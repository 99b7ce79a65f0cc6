/** What the command says to the registry, the control plane and Kafka. */
@NullMarked
package io.plumbline.cli.client;

import org.jspecify.annotations.NullMarked;
