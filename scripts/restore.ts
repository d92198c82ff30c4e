import { runCommand } from "#server/store/backup/command.ts";
import { restore } from "#server/store/backup/restore.ts";

await runCommand("restore", restore);
