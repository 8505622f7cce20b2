/** Names of months as Python has them in the C locale, whatever language the system speaks. */
const months = 'January February March April May June July August September October November December'.split(' ');
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const directives: Readonly<Record<string, (date: Date) => string>> = {
  '%Y': (date) => String(date.getFullYear()),
  '%m': (date) => twoDigits(date.getMonth() + 1),
  '%d': (date) => twoDigits(date.getDate()),
  '%H': (date) => twoDigits(date.getHours()),
  '%M': (date) => twoDigits(date.getMinutes()),
  '%S': (date) => twoDigits(date.getSeconds()),
  '%B': (date) => months[date.getMonth()] ?? '',
  '%b': (date) => (months[date.getMonth()] ?? '').slice(0, 3),
  '%A': (date) => weekdays[date.getDay()] ?? '',
  '%a': (date) => (weekdays[date.getDay()] ?? '').slice(0, 3),
  '%%': () => '%',
};

/** Python's `strftime` as far as chat templates use it; what it does not know stays as it is. */
export function strftime(date: Date, format: string): string {
  return format.replace(/%./g, (directive) => directives[directive]?.(date) ?? directive);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
