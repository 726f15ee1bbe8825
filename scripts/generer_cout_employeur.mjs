// Writes knowledge/parametres/cout_employeur.yml (and the sample that tests check it against)
// from the Urssaf's public model. Run by hand when the model changes:
//
//   cd scripts && npm install --no-package-lock && node generer_cout_employeur.mjs 2026-11-22
//
// Half-time contracts have a grid of their own: the general reduction depends on the minimum wage
// of the contract's hours, and the health insurance share does not depend on hours at all.

import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Engine from 'publicodes'
import rules from 'modele-social'

const HIGHEST_SALARY = 3000
const STEP = 5
const FULL_TIME_HOURS = 35
const QUOTITIES = [1, 0.5]
const SAMPLE_EVERY = 20
const root = new URL('../', import.meta.url)

const day = process.argv[2]
if (!/^\d{4}-\d{2}-\d{2}$/.test(day ?? '')) {
  console.error('Usage : node generer_cout_employeur.mjs AAAA-MM-JJ')
  process.exit(2)
}

const quiet = { log() {}, warn() {}, error: console.error }
const engine = new Engine(rules, { logger: quiet })

function situation(salary, quotity) {
  const contract = {
    date: day.split('-').reverse().join('/'),
    'salarié . contrat': "'CDI'",
    'entreprise . salariés . effectif . seuil': "'moins de 5'",
    'salarié . contrat . salaire brut': `${salary * quotity} €/mois`,
  }
  if (quotity === 1) return contract
  return {
    ...contract,
    'salarié . contrat . temps de travail . temps partiel': 'oui',
    'salarié . contrat . temps de travail . temps partiel . heures par semaine':
      `${FULL_TIME_HOURS * quotity} heure/semaine`,
  }
}

function evaluate(rule, salary, quotity) {
  engine.setSituation(situation(salary, quotity))
  const { nodeValue } = engine.evaluate({ valeur: rule, unité: '€/mois' })
  if (!Number.isFinite(nodeValue)) throw new Error(`${rule} : pas de valeur à ${salary} €`)
  return nodeValue
}

const cents = (euros) => Math.round(euros * 100) / 100
const cost = (salary, quotity) =>
  cents(evaluate('salarié . coût total employeur', salary, quotity))

const minimumWage = cents(evaluate('SMIC', HIGHEST_SALARY, 1))
const salaries = [minimumWage]
for (let s = Math.ceil(minimumWage / STEP) * STEP; s <= HIGHEST_SALARY; s += STEP) {
  if (s > minimumWage) salaries.push(s)
}

let largestError = 0
const sample = []
const grids = QUOTITIES.map((quotity) => {
  const costs = salaries.map((salary) => cost(salary, quotity))
  for (let i = 1; i < salaries.length; i++) {
    const middle = cents((salaries[i - 1] + salaries[i]) / 2)
    const share = (middle - salaries[i - 1]) / (salaries[i] - salaries[i - 1])
    const model = cost(middle, quotity)
    const error = Math.abs(costs[i - 1] + share * (costs[i] - costs[i - 1]) - model)
    largestError = Math.max(largestError, error)
    if (i % SAMPLE_EVERY === 0) sample.push(`${middle},${quotity},${model}`)
  }
  return { quotity, costs }
})

const version = (name) => {
  const manifest = createRequire(import.meta.url).resolve(name).split(`/node_modules/${name}/`)[0]
  const file = `${manifest}/node_modules/${name}/package.json`
  return JSON.parse(readFileSync(file, 'utf8')).version
}
const yaml = `# Écrit par scripts/generer_cout_employeur.mjs : ne pas modifier à la main.
description: Coût employeur mensuel d'un contrat selon le salaire brut mensuel à temps plein
unite: euros_par_mois
metadata: {valable_au: ${day}}
modele: {nom: modele-social, version: ${version('modele-social')}, publicodes: ${version('publicodes')}, date: ${day}}
reference: {source: urssaf_modele_social, note: "CDI dans un cabinet de moins de 5 salariés, droit commun, hors outre-mer et Alsace-Moselle"}
# Plus grand écart mesuré, au milieu de chaque intervalle, entre le modèle et la droite tracée ici.
erreur_interpolation: ${(Math.ceil(largestError * 100) / 100).toFixed(2)}
# quotité du contrat > salaire brut mensuel à temps plein : coût mensuel du contrat
grille:
${grids
  .map(({ quotity, costs }) =>
    [`  ${quotity}:`, ...costs.map((c, i) => `    ${salaries[i]}: ${c.toFixed(2)}`)].join('\n'))
  .join('\n')}
`
writeFileSync(new URL('knowledge/parametres/cout_employeur.yml', root), yaml)
writeFileSync(
  new URL('tests/aid/cout_employeur_modele.csv', root),
  `salaire_brut,quotite,cout_mensuel\n${sample.join('\n')}\n`,
)
console.log(`${salaries.length} salaires, écart maximal ${largestError.toFixed(3)} € par mois`)
