/** What the processor said, from the log alone: listed, judged again number by number, or under another policy. */
@NullMarked
package io.plumbline.cli.verdict;

import org.jspecify.annotations.NullMarked;
