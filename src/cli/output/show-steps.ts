/** Shows how many steps of something are done, for work that is counted in one kind of thing. */
import type { CommandContext } from "#cli/command.ts";
import { formatNumber } from "./format.ts";

interface Counted {
  readonly steps: { readonly done: number; readonly all: number } | null;
}

/** Time between two looks, ms: a terminal's line is drawn over, a log gets a line. */
const terminalMs = 250;
const logMs = 10_000;

export function showSteps(
  context: Pick<CommandContext, "stderr">,
  things: string,
  options: { readonly quiet: boolean },
): { watch(progress: () => Counted): void; end(): void } {
  const { stderr } = context;
  let timer: NodeJS.Timeout | undefined;
  let isDrawn = false;
  return {
    watch(progress) {
      if (options.quiet) return;
      const show = (): void => {
        const { steps } = progress();
        if (steps === null || steps.all === 0) return;
        const line = `${formatNumber(steps.done)} of ${formatNumber(steps.all)} ${things}`;
        stderr.write(stderr.isTerminal ? `\r\x1b[2K${line}` : `${line}\n`);
        isDrawn = stderr.isTerminal;
      };
      timer = setInterval(show, stderr.isTerminal ? terminalMs : logMs);
      timer.unref();
    },
    end() {
      clearInterval(timer);
      if (isDrawn) stderr.write("\n");
    },
  };
}
