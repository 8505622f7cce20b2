/** Items [aStart, aEnd) of the one list stand where [bStart, bEnd) of the other stand. */
export interface Difference {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}
