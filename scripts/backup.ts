import { backup } from "#server/store/backup/backup.ts";
import { runCommand } from "#server/store/backup/command.ts";

await runCommand("backup", backup);
