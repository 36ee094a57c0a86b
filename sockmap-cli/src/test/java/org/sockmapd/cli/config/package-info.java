@NullMarked
package org.sockmapd.cli.config;

import org.jspecify.annotations.NullMarked;
