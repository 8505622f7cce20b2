const leastSpeedUp = 1.5;
const mostMemoryShare = 0.6;
/** A whole training. */
const [edits, mostSeconds] = [200, 120];

/**
 * What was aimed at, beside what came out.
 *
 * @param {object[]} results of `summaryOf`
 * @param {{edits: number, seconds: number}} training fewer edits than those of the aim say nothing of it
 * @returns {{aim: string, result: string, ratio: number}[]} `ratio`: 1 is the aim, more is better
 */
export function aimsOf(results, training) {
  const rows = results.flatMap((each) => each.rows.map((row) => ({ ...row, title: each.subject.title })));
  return [
    ...rows.filter(({ manner }) => manner === 'prototype').map(asPrototype),
    ...rows.filter(({ againstPeft }) => againstPeft !== undefined).flatMap(besidePeft),
    ...(training.edits < edits ? [] : [wholeTraining(training)]),
  ];
}

function asPrototype({ title, name, file, median }) {
  return {
    aim: `${title}, ${name}: the prototype's ${file.prototype} tokens/s`,
    result: `${median.tokensPerSecond.toFixed(0)} tokens/s`,
    ratio: median.tokensPerSecond / file.prototype,
  };
}

function besidePeft({ title, name, againstPeft: { speed, memory } }) {
  return [
    {
      aim: `${title}, ${name}: ${leastSpeedUp}x PEFT's speed`,
      result: `${speed.toFixed(2)}x`,
      ratio: speed / leastSpeedUp,
    },
    {
      aim: `${title}, ${name}: under ${mostMemoryShare}x PEFT's memory`,
      result: `${memory.toFixed(2)}x`,
      ratio: mostMemoryShare / memory,
    },
  ];
}

function wholeTraining({ seconds }) {
  return {
    aim: `${edits} accepted edits on the starter in ${mostSeconds / 60} minutes`,
    result: `${seconds.toFixed(0)} s`,
    ratio: mostSeconds / seconds,
  };
}
