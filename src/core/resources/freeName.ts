/** The name, or the next one with a number behind it, that is not taken. */
export function freeName(
  wanted: string,
  isTaken: (name: string) => boolean,
  numbered: (number: number) => string = (number) => `${wanted}-${number}`,
): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : numbered(number);
    if (!isTaken(name)) return name;
  }
}
