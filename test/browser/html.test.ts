import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { html } from "../../operations/review/formats/html";
import type { Report } from "../../operations/review/report/report";
import { startChromium } from "../support/chromium";
import { sampleReport } from "../support/report";
import { change, group, part, withTexts } from "../support/report-parts";
import faint from "./faint.client.js" with { type: "text" };

const folder = mkdtempSync(join(tmpdir(), "platform-html-"));
let browser: Browser;

beforeAll(async () => {
  browser = await startChromium();
});

afterEach(async () => {
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

interface Opening extends BrowserContextOptions {
  /** @default - the sample */
  readonly report?: Report;
  /** @default - none */
  readonly hash?: string;
}

/** A report's page as people open it: from disk. */
async function open({ report = sampleReport(), hash = "", ...options }: Opening = {}): Promise<Page> {
  const file = join(folder, "report.html");
  writeFileSync(file, html(report, { title: "Plan review", time: new Date() }));
  const page = await browser.newPage({ viewport: { width: 1280, height: 700 }, ...options });
  await page.goto(`${pathToFileURL(file)}${hash}`);
  return page;
}

/** Addresses of the changes that are in sight. */
function changes(page: Page): Promise<string[]> {
  return page
    .locator("[data-address]:not([hidden])")
    .evaluateAll((items) => items.map((item) => item.getAttribute("data-address") ?? ""));
}

const soon = { timeout: 60_000 };

/** Waits for an expression. Not waitForFunction: where that must look again, the page's Content-Security-Policy refuses it. */
async function becomesTrue(page: Page, expression: string): Promise<void> {
  const end = Date.now() + soon.timeout;
  const look = async () => Boolean(await page.evaluate(expression));
  while (!(await look()) && Date.now() < end) {
    await setTimeout(50);
  }
  expect(await look()).toBe(true);
}
const headings = (page: Page) => page.locator("h2, h3, h4").filter({ visible: true }).allInnerTexts();
const status = (page: Page) => page.getByRole("status").innerText();

describe("the filter", () => {
  test("finds words wherever they stand, in folded changes too", async () => {
    const page = await open();

    await page.getByLabel("Text").fill("nodepool KIND");

    expect(await changes(page)).toEqual(['github_repository_file.files["karpenter/nodepools/spot.yaml"]']);
  });

  test("takes one stack", async () => {
    const page = await open();

    await page.getByLabel("Stack").selectOption("network");

    expect(await changes(page)).toEqual([
      ...["aws_subnet.private_a", "aws_route_table.private_a", "aws_route.private_a", "aws_security_group.legacy"],
    ]);
    expect(await page.locator(".finding:visible code").allInnerTexts()).toContain("aws_subnet.private_a");
  });

  test("takes what is as severe as it says, or more", async () => {
    const page = await open();
    const dangerous = [
      ...["aws_subnet.private_a", "aws_eks_cluster.cluster", "aws_iam_role_policy.karpenter"],
      ...["aws_eks_node_group.system", 'github_repository_file.files["karpenter/nodepools/spot.yaml"]'],
    ];

    await page.getByLabel("Severity").selectOption("danger");
    expect(new Set(await changes(page))).toEqual(new Set(dangerous));
    await page.getByLabel("Severity").selectOption("caution");
    expect(new Set(await changes(page))).toEqual(new Set([...dangerous, "helm_release.cilium"]));
  });

  test("leaves no heading above nothing", async () => {
    const page = await open();

    await page.getByLabel("Text").fill("loadbalancerMode");

    expect(await headings(page)).toEqual([expect.stringMatching(/^Changes/), "bootstrap", "cilium"]);
  });

  test("says how many are left to people who do not see them", async () => {
    const page = await open();
    expect(await status(page)).toMatch(/^All \d+ shown$/);

    await page.getByLabel("Text").fill("loadbalancerMode");
    expect(await status(page)).toMatch(/^1 of \d+ shown$/);
    await page.getByLabel("Text").fill("no such thing");
    expect(await status(page)).toMatch(/^Nothing matches$/);
  });
});

test("a change is folded and unfolded by its line, and all are at once", async () => {
  const page = await open();
  const line = page.locator("summary", { hasText: "aws_sqs_queue.spare" });
  const content = page.getByText("+ spare");
  expect(await content.isVisible()).toBe(false);

  await line.click();
  expect(await content.isVisible()).toBe(true);
  await line.click();
  expect(await content.isVisible()).toBe(false);
  await page.getByRole("button", { name: "Unfold all" }).click();
  expect(await page.locator("details:not([open])").count()).toBe(0);
  await page.getByRole("button", { name: "Fold all", exact: true }).click();
  expect(await page.locator("details[open]").count()).toBe(0);
});

describe("a link to a change", () => {
  const spare = "document.querySelector('details[open][data-address=\"aws_sqs_queue.spare\"]')";
  const atTheTop = (page: Page) =>
    becomesTrue(page, `${spare}?.getBoundingClientRect().top < 150 && ${spare}.contains(document.activeElement)`);

  test.each(["#cluster/aws_sqs_queue.spare", "#cluster%2Faws_sqs_queue.spare", "#aws_sqs_queue.spare"])(
    "%s unfolds it, brings it to the top and puts the keyboard there",
    async (hash) => {
      const page = await open({ hash });

      await atTheTop(page);
    },
  );

  test("works again when it was folded since", async () => {
    const page = await open();
    const link = page.getByRole("link", { name: "github_repository_file" });
    const folded = page.locator("details:not([open])", { hasText: "github_repository_file" });

    await link.click();
    await folded.waitFor({ ...soon, state: "detached" });
    await page.locator("summary", { hasText: "github_repository_file" }).click();
    await folded.waitFor(soon);
    await link.click();
    await folded.waitFor({ ...soon, state: "detached" });
  });

  test("shows it when the filter hides it", async () => {
    const page = await open();
    await page.getByLabel("Stack").selectOption("network");

    await page.goto(`${page.url()}#cluster/aws_sqs_queue.spare`);

    await atTheTop(page);
    expect(await page.getByLabel("Stack").inputValue()).toBe("");
  });

  test("to nothing leaves the page as it is", async () => {
    const page = await open({ hash: "#nothing" });

    expect(await status(page)).toMatch(/^All/);
  });
});

test("the keyboard reaches everything in the order of the page, and where it is can be seen", async () => {
  const page = await open();
  const names: string[] = [];
  await page.getByLabel("Text").focus();
  for (let count = 0; count < 5; count += 1) {
    await page.keyboard.press("Tab");
    names.push(await page.locator(":focus").evaluate((element) => element.id || element.textContent || ""));
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
  }
  expect(names).toEqual(["stack", "severity", "unfold", "fold", "aws_subnet.private_a"]);

  await page.locator("summary", { hasText: "aws_sqs_queue.spare" }).focus();
  await page.keyboard.press("Enter");
  expect(await page.getByText("+ spare").isVisible()).toBe(true);
});

test("a screen reader finds landmarks, and headings that skip no level", async () => {
  const page = await open();
  const levels = await page
    .locator("h1, h2, h3, h4")
    .evaluateAll((elements) => elements.map(({ tagName }) => Number(tagName.slice(1))));

  expect(levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1)).toEqual([]);
  for (const landmark of ["banner", "navigation", "search", "main"] as const) {
    expect(await page.getByRole(landmark).count()).toBe(1);
  }
});

/** Names as long as they get, without a place to break. */
const long = withTexts(sampleReport(), (text) => text.replaceAll(/[^a-z]/g, "_").padEnd(300, "x"));

test.each([320, 390, 1280])("nothing is wider than a window of %d pixels", async (width) => {
  // As high as all of it: what is out of sight has no width.
  const page = await open({ report: long, viewport: { width, height: 20_000 } });
  await page.getByRole("button", { name: "Unfold all" }).click();

  const widest = await page
    .locator("*")
    .evaluateAll((elements) => Math.max(...elements.map((element) => element.getBoundingClientRect().right)));

  expect(widest).toBeLessThanOrEqual(width);
});

const countReadings = `
  globalThis.readings = 0;
  const { get } = Object.getOwnPropertyDescriptor(Node.prototype, "textContent");
  Object.defineProperty(Element.prototype, "textContent", {
    ...Object.getOwnPropertyDescriptor(Node.prototype, "textContent"),
    get() {
      globalThis.readings += 1;
      return get.call(this);
    },
  });`;

test("what 5,000 changes say is read before somebody types, and not at every key", async () => {
  const updates = Array.from({ length: 5_000 }, (_, place) =>
    change(`aws_sqs_queue.queue[${place}]`, "update", {
      parts: [part("policy", "json", " {", '-  "a"', '+  "b"', " }")],
    }),
  );
  const changes = [{ stack: "queues", constructs: [group("queues", ...updates)], outputs: [] }];
  const page = await open({ report: { ...sampleReport(), changes } });
  await page.evaluate(countReadings);

  await page.getByLabel("Text").pressSequentially("queue[499");

  expect(await status(page)).toMatch(/^11 of/);
  expect(await page.evaluate("globalThis.readings")).toBe(0);
});

test("on paper everything is unfolded, and nothing asks to be clicked", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Fold all", exact: true }).click();
  await page.emulateMedia({ media: "print" });

  const parts = page.locator("pre");

  expect(await parts.evaluateAll((elements) => elements.filter((element) => !element.checkVisibility()).length)).toBe(
    0,
  );
  expect(await page.getByRole("button").count()).toBe(0);
  expect(await page.getByRole("navigation").count()).toBe(0);
});

test.each(["light", "dark"] as const)("in a %s scheme, text stands out from what is behind it", async (colorScheme) => {
  const page = await open({ colorScheme });
  await page.getByRole("button", { name: "Unfold all" }).click();

  expect(await page.evaluate(faint)).toEqual([]);
});

test("the scheme is the system's, but on paper", async () => {
  const page = await open({ colorScheme: "dark" });
  const background = () => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
  const dark = await background();

  await page.emulateMedia({ colorScheme: "light" });
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark", media: "print" });

  expect(dark).not.toBe(light);
  expect(await background()).toBe(light);
});

describe("nothing from a plan runs", () => {
  const attack =
    "</script></style></pre><img src=x onerror='hit = 1'><script>hit = 1</script><svg onload='hit = 1'>\"'";

  test("whatever its texts are", async () => {
    const page = await open({ report: withTexts(sampleReport(), (text) => `${attack}${text}`) });
    await page.getByRole("button", { name: "Unfold all" }).click();

    expect(await page.evaluate("globalThis.hit")).toBeUndefined();
    expect(await page.locator("img, svg").count()).toBe(0);
    expect(await page.getByText(attack).count()).toBeGreaterThan(100);
  });

  test("even if it got into the page", async () => {
    const page = await open();

    await page.evaluate("addEventListener('securitypolicyviolation', () => { globalThis.refused = true; })");
    await page.evaluate(
      `document.body.append(document.createRange().createContextualFragment(${JSON.stringify(attack)}))`,
    );

    await becomesTrue(page, "globalThis.refused");
    expect(await page.evaluate("globalThis.hit")).toBeUndefined();
  });
});
