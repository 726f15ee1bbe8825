/** Two scenarios side by side, as the server computed them. */

import type { TemplateResult } from "lit-html";
import { html } from "./kit";
import { W } from "./words";

export interface Scenario {
  name: string;
  /** « 72 000 € au maximum », when the answer has one figure. */
  amount: string;
  years: [name: string, amount: string][];
}

export function compareView(before: Scenario, now: Scenario, end: () => void): TemplateResult {
  const names = [...new Set([...before.years, ...now.years].map(([name]) => name))];
  const amount = (scenario: Scenario, name: string): string =>
    scenario.years.find(([one]) => one === name)?.[1] ?? "–";
  return html`<div class="table compare" role="group" tabindex="0" aria-label=${W.compared}>
      <table>
        <caption>${W.compared}</caption>
        <thead>
          <tr>
            <th scope="col"><span class="sr">${W.year}</span></th>
            <th scope="col">A<small>${before.name}</small></th>
            <th scope="col">B<small>${now.name}</small></th>
          </tr>
        </thead>
        <tbody>
          ${names.map(
            (name) => html`<tr>
              <th scope="row">${name}</th>
              <td>${amount(before, name)}</td>
              <td>${amount(now, name)}</td>
            </tr>`,
          )}
          <tr>
            <th scope="row">${W.answer}</th>
            <td>${before.amount || "–"}</td>
            <td>${now.amount || "–"}</td>
          </tr>
        </tbody>
      </table>
    </div>
    <button type="button" class="link" @click=${end}>${W.endCompare}</button>`;
}
