import { questionsOf, randomSet, randomSets } from './random-sets';

/** Prints what is found for the questions about some random sets: `print-witnesses.ts SEED written|reversed`. */
const [seed = '1', order] = process.argv.slice(2);
for (const texts of randomSets(20, Number(seed))) {
  const random = randomSet(order === 'reversed' ? texts.toReversed() : texts);
  for (const question of questionsOf(random)) {
    process.stdout.write(`${JSON.stringify(random.prover.find(question, random.tool))}\n`);
  }
}
