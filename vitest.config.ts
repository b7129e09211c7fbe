import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          include: ["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"],
          pool: "threads",
          isolate: false,
          maxWorkers: 2, // by default one less than there are cores, and most long tests wait for processes
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
