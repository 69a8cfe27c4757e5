/** What is used of qrcode-generator, whose file beside this one is as it was published (docs/decisions/0025-qr-codes-by-qrcode-generator.md). */
interface Code {
  addData(text: string, mode?: 'Numeric' | 'Alphanumeric' | 'Byte' | 'Kanji'): void;
  make(): void;
  /** How many modules a side has. */
  getModuleCount(): number;
  isDark(row: number, column: number): boolean;
}

/** `typeNumber`: 1 to 40, which is the size; 0: the smallest that is large enough. */
export default function qrcode(typeNumber: number, errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H'): Code;
