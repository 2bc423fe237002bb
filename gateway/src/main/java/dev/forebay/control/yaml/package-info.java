/// How a settings file is read: positions, variables, typed fields and errors for people.
///
/// [YamlText] turns text into a tree of [YamlNode]s that know their lines, after [Variables] has
/// taken `${NAME}` out of the way of YAML's own braces. [Section] then reads one mapping by its
/// declared [Field]s: types and ranges are checked there, unknown keys get the nearest known one,
/// and everything wrong is collected in [Problems] so that one run reports it all. The package
/// knows nothing of what the settings mean.
@NullMarked
package dev.forebay.control.yaml;

import org.jspecify.annotations.NullMarked;
