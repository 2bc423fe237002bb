import type { Person, Role } from "@/shared/api/schema";

export const ROLES: Record<Role, { word: string; may: string }> = {
  owner: { word: "Owner", may: "Everything, and decides who is an admin." },
  admin: { word: "Admin", may: "Sees and changes provider keys, settings, client keys and members." },
  member: { word: "Member", may: "Holds client keys and sees their usage. No provider keys, no settings." },
};

/** What somebody may hand out: only the owner makes admins. */
export function rolesToGive(self: Person): ("admin" | "member")[] {
  return self.role === "owner" ? ["admin", "member"] : ["member"];
}

/** Whether `self` may change or remove `person`; nobody does so to themselves, and only the owner touches admins. */
export function mayTouch(self: Person, person: Person): boolean {
  return (
    person.id !== self.id &&
    person.role !== "owner" &&
    person.source !== "file" &&
    (self.role === "owner" || person.role === "member")
  );
}
