import type { Picture } from "@/features/assistant/conversation";

/** What every provider takes. */
const TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif"];
export const ACCEPT = TYPES.join(",");
const LARGEST = 5 * 1024 * 1024;
export const MOST_PICTURES = 8;

/** Why a file cannot be attached; undefined when it can. */
export function unfit(file: { name: string; type: string; size: number }): string | undefined {
  if (!TYPES.includes(file.type)) {
    return `${file.name || "This"} is no PNG, JPEG, WebP or GIF picture`;
  }
  return file.size > LARGEST ? `${file.name} is larger than 5 MB` : undefined;
}

export async function readPicture(file: File): Promise<Picture> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error(`${file.name} could not be read`));
    reader.readAsDataURL(file);
  });
  return { mediaType: file.type, data: url.slice(url.indexOf(",") + 1), name: file.name };
}

export function pictureAddress({ mediaType, data }: Picture): string {
  return `data:${mediaType};base64,${data}`;
}
