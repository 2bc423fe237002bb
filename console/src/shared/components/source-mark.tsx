import { Tooltip } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import classes from "@/shared/components/source-mark.module.css";

/** Says that the configuration file declares it, so that it is read-only here. */
export function FileMark() {
  return (
    <Tooltip label="Declared in the configuration file. Change it there; it is read again when the file changes.">
      <span className={classes["mark"]}>
        <IconFileText size={13} aria-hidden />
        file
      </span>
    </Tooltip>
  );
}
