import type { Json } from '../../core/resources/json';
import type { Answer, ArmRequest } from '../arm/messages';

/** A list, or one page of it with a nextLink to the following one. */
export function listAnswer(request: ArmRequest, items: readonly Json[], pageSize = Infinity): Answer {
  const asked = Number(request.query.get('$top') ?? Infinity);
  const size = Math.min(pageSize, Number.isInteger(asked) && asked > 0 ? asked : Infinity);
  const start = Number(request.query.get('$skiptoken') ?? 0) || 0;
  const page = items.slice(start, start + size);
  if (start + page.length >= items.length) return { status: 200, body: { value: page } };
  const query = new URLSearchParams([...request.query, ['$skiptoken', String(start + page.length)]]);
  return { status: 200, body: { value: page, nextLink: `${request.origin}${request.path}?${query.toString()}` } };
}
