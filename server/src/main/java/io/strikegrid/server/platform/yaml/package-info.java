/** Reading YAML strictly: every fault of a file is reported, together, with its place. */
@NullMarked
package io.strikegrid.server.platform.yaml;

import org.jspecify.annotations.NullMarked;
