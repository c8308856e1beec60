// What the page asks the emulator.

export async function get(path, parameters = {}) {
  const known = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return await answerOf(await fetch(`emulator/${path}?${new URLSearchParams(known)}`));
}

export async function post(path, input) {
  const headers = { 'content-type': 'application/json' };
  return await answerOf(await fetch(`emulator/${path}`, { method: 'POST', headers, body: JSON.stringify(input) }));
}

/** Rejects with the findings of the emulator, in words. */
async function answerOf(response) {
  const answer = await response.json();
  if (Array.isArray(answer?.diagnostics)) throw new Error(answer.diagnostics.map(({ message }) => message).join('\n'));
  return answer;
}
