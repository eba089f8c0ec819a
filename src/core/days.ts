/** Days of the calendar, in UTC and written as 2026-11-22. */

const DAY_IN_MS = 24 * 60 * 60 * 1000;

/** The day of a moment in milliseconds since the epoch. Source: “days_from_civil” and its inverse, Howard Hinnant. */
export function dayOf(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY_IN_MS) + 719468;
  const era = Math.floor(days / 146097);
  const ofEra = days - era * 146097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const marchBased = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * marchBased + 2) / 5) + 1;
  const month = marchBased < 10 ? marchBased + 3 : marchBased - 9;
  const pad = (part: number, length: number): string => String(part).padStart(length, '0');
  return `${pad(year + era * 400 + (month <= 2 ? 1 : 0), 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** How many days later the second one is; undefined where one of them is no day. What follows the day is not looked at. */
export function daysBetween(from: string, to: string): number | undefined {
  const [first, second] = [dayNumber(from), dayNumber(to)];
  return first === undefined || second === undefined ? undefined : second - first;
}

function dayNumber(day: string): number | undefined {
  const [, years, months, days] = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(day) ?? [];
  if (years === undefined) return undefined;
  const month = Number(months);
  const year = Number(years) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const ofEra = year - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(days) - 1;
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear;
}
