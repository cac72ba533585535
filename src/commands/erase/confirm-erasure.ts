/** Asks on a terminal; without one nobody can have been asked. */
export async function confirmErasure(print: (line: string) => void): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    print('Nothing was done. To do it, say --yes.');
    return false;
  }
  const { confirm } = await import('@inquirer/prompts');
  const isMeant = await confirm({ message: 'Erase it for good?', default: false });
  if (!isMeant) print('Nothing was done.');
  return isMeant;
}
