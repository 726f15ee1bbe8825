// The real bot: `assistant-am serve` on free ports, with data of its own.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BIN = join(ROOT, ".venv/bin");

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

export class Robot {
  #child;
  #said = "";

  /** `settings`: the AM_… variables of this bot. */
  static async make(settings) {
    const robot = new Robot();
    robot.port = await freePort();
    robot.origin = `http://127.0.0.1:${robot.port}`;
    robot.data = mkdtempSync(join(tmpdir(), "am-reel-"));
    robot.environment = {
      ...process.env,
      AM_PORT: String(robot.port),
      AM_ACTIONS_PORT: String(await freePort()),
      AM_DONNEES: robot.data,
      ...settings,
    };
    process.on("exit", () => robot.#child?.kill("SIGTERM"));
    return robot;
  }

  /** Resolves once a real question got a real answer: `serve` asks one before it says so. */
  async start() {
    this.#said = "";
    const child = spawn(join(BIN, "assistant-am"), ["serve"], {
      cwd: ROOT,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    await new Promise((ready, failed) => {
      const hear = (words) => {
        this.#said += words;
        if (this.#said.includes("L'assistant est prêt")) ready();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("error", failed);
      child.on("exit", (code) => failed(new Error(`l'assistant s'est arrêté (${code}) :\n${this.#said}`)));
    });
  }

  /** Both servers have ended when this resolves. */
  async stop() {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.on("exit", done));
    child.kill("SIGTERM");
    await ended;
  }

  async end() {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}

/** Runs a script of the project with the bot's own Python; what it printed. */
export async function python(script, ...words) {
  const child = spawn(join(BIN, "python"), [join(ROOT, script), ...words], { cwd: ROOT });
  let out = "";
  let problems = "";
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => (problems += text));
  const code = await new Promise((done) => child.on("close", done));
  if (code !== 0) throw new Error(`${script} : ${problems}`);
  return out.trim();
}
