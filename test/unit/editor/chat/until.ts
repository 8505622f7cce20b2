/** Waits 20 s at most. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
