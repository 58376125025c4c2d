/*
 * Packed bytes to numbers: the counterpart of packing.py. Everything that can be wrong with the
 * bytes becomes an ArtefactError with a reason; nothing is shown of bytes that are not whole.
 */

const PACKED = { magic: "MXA", version: 1, head: 5 };

/** Bytes of a map that cannot be read, or a browser that cannot read them. */
class ArtefactError extends Error {
  /**
   * @param {"truncated"|"hash"|"version"|"unsupported"|"mismatch"} reason
   * @param {string} message for who looks into the console; readers get words by the reason
   */
  constructor(reason, message) {
    super(message);
    this.name = "ArtefactError";
    this.reason = reason;
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 as 8 hexadecimal digits, as zlib.crc32 counts it. */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

/** Bytes as they come: an array of bytes, a buffer, or base64 text. */
function bytesOf(given) {
  if (typeof given !== "string") return given instanceof Uint8Array ? given : new Uint8Array(given);
  try {
    return Uint8Array.from(atob(given), (letter) => letter.charCodeAt(0));
  } catch {
    throw new ArtefactError("truncated", "the packed map is not base64");
  }
}

/** Inflate zlib bytes; the browser proves their Adler checksum. */
async function inflate(bytes) {
  if (typeof DecompressionStream === "undefined") {
    throw new ArtefactError("unsupported", "this browser has no DecompressionStream");
  }
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new ArtefactError("truncated", `the packed map is cut off or damaged (${error})`);
  }
}

/**
 * Inflate a packed content and prove it.
 *
 * @param {Uint8Array|ArrayBuffer|string} given as bytes or base64
 * @param {"G"|"S"} kind of content
 * @param {string} crc that the head names
 * @returns {Promise<Reader>} behind the head of the content
 */
async function unpack(given, kind, crc) {
  const content = await inflate(bytesOf(given));
  const head = String.fromCharCode(...content.subarray(0, 3));
  if (content.length < PACKED.head || head !== PACKED.magic) {
    throw new ArtefactError("truncated", "not a packed map");
  }
  if (content[3] !== PACKED.version) {
    throw new ArtefactError("version", `packed map of version ${content[3]}, this script reads ${PACKED.version}`);
  }
  if (crc32(content) !== crc) {
    throw new ArtefactError("hash", `packed map ${crc32(content)} where ${crc} is named`);
  }
  if (String.fromCharCode(content[4]) !== kind) {
    throw new ArtefactError("mismatch", `packed map of kind ${String.fromCharCode(content[4])}, not ${kind}`);
  }
  return new Reader(content, PACKED.head);
}

const unzigzag = (value) => (value % 2 ? -(value + 1) / 2 : value / 2);

/** Reads numbers one after the other, as Writer of packing.py wrote them. */
class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** One whole number from 0 to 2^53. */
  number() {
    const { bytes } = this;
    let byte = bytes[this.at++];
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let weight = 128; byte >= 128; weight *= 128) {
      byte = bytes[this.at++];
      if (byte === undefined || weight > 2 ** 49) break;
      value += (byte & 127) * weight;
    }
    if (byte === undefined) throw new ArtefactError("truncated", "the packed map ends too early");
    return value;
  }

  numbers() {
    const length = this.number();
    if (length > this.bytes.length - this.at) {
      throw new ArtefactError("truncated", "the packed map ends too early");
    }
    const found = new Float64Array(length);
    for (let i = 0; i < length; i++) found[i] = this.number();
    return found;
  }

  signed() {
    return this.numbers().map(unzigzag);
  }

  raw() {
    const length = this.number();
    this.at += length;
    if (this.at > this.bytes.length) throw new ArtefactError("truncated", "the packed map ends too early");
    return this.bytes.subarray(this.at - length, this.at);
  }

  texts() {
    const text = new TextDecoder().decode(this.raw());
    return text ? text.split("\n") : [];
  }
}
