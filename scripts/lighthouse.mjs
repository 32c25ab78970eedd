// Asks Lighthouse about pages, as a phone. One line of JSON comes in and one goes out:
// {"chromium", "category", "urls", "runs", "headers"} and [{"url", "scores", "failed"}], scores from 0 to 100.
import { text } from "node:stream/consumers";
import lighthouse, { snapshot } from "lighthouse";
import puppeteer from "puppeteer-core";

const asked = JSON.parse(await text(process.stdin));
const { chromium, category, urls, runs = 1, headers = {} } = asked;
const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const port = Number(new URL(browser.wsEndpoint()).port);

// What is judged as it stands needs no load of its own, which takes Lighthouse ten times as long.
async function look(url) {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    return await snapshot(page, { flags: { onlyCategories: [category] } });
  } finally {
    await page.close();
  }
}

async function load(url) {
  return lighthouse(url, { port, onlyCategories: [category], extraHeaders: headers, logLevel: "error" });
}

const found = [];
for (const url of urls) {
  const scores = [];
  const failed = new Set();
  for (let run = 0; run < runs; run += 1) {
    const { lhr } = await (category === "performance" ? load(url) : look(url));
    scores.push(Math.round(100 * lhr.categories[category].score));
    for (const { id, weight } of lhr.categories[category].auditRefs)
      if (weight && lhr.audits[id].score !== null && lhr.audits[id].score < 1) failed.add(id);
  }
  found.push({ url, scores, failed: [...failed] });
}
await browser.close();
console.log(JSON.stringify(found));
