import type { Person, Schema } from "@/shared/api/schema";
import { json, nothing, problem, type Route } from "@/shared/testing/fake/http";
import type { World } from "@/shared/testing/fake/world";

const DAY = 86_400_000;

export function peopleOf(world: World): Schema<"People"> {
  return world.part("people", () => {
    const at = (millis: number) => new Date(world.now() + millis).toISOString();
    const ben: Person = {
      id: "p-2",
      email: "ben@example.org",
      name: "Ben Okafor",
      role: "admin",
      createdAt: at(-30 * DAY),
      lastSeenAt: at(-1_400_000),
      source: "console",
    };
    const chen: Person = {
      id: "p-3",
      email: "chen@example.org",
      name: "Chen Li",
      role: "member",
      createdAt: at(-8 * DAY),
      lastSeenAt: at(-2 * DAY),
      source: "console",
    };
    return {
      people: [{ ...world.person, lastSeenAt: at(0) }, ben, chen],
      invitations: [
        {
          id: "i-1",
          email: "dana@example.org",
          role: "member",
          createdAt: at(-DAY),
          expiresAt: at(6 * DAY),
          invitedBy: "Ada Reyes",
        },
      ],
    };
  });
}

export const peopleRoutes: Route[] = [
  {
    method: "GET",
    path: "/people",
    handle: ({ world }) =>
      world.person.role === "member"
        ? problem(403, "forbidden", "Only owners and admins see people")
        : json(peopleOf(world)),
  },
  {
    method: "POST",
    path: "/people/invitations",
    handle: ({ world, body }) => {
      const { email, role } = body as Schema<"InvitationCreate">;
      const { people, invitations } = peopleOf(world);
      if (people.some((person) => person.email === email)) {
        return problem(409, "conflict", `${email} is already here`, {
          fields: [{ field: "email", message: "They are already here" }],
        });
      }
      const invitation = {
        id: `i-${invitations.length + 2}`,
        email,
        role,
        createdAt: new Date(world.now()).toISOString(),
        expiresAt: new Date(world.now() + 7 * DAY).toISOString(),
        invitedBy: world.person.name,
      };
      invitations.push(invitation);
      return json({ invitation, link: "http://127.0.0.1:4400/join#token=fbj-test-token" }, 201);
    },
  },
  {
    method: "DELETE",
    path: "/people/invitations/{id}",
    handle: ({ world, params }) => {
      const all = peopleOf(world);
      all.invitations = all.invitations.filter(({ id }) => id !== params["id"]);
      return nothing();
    },
  },
  {
    method: "PATCH",
    path: "/people/{id}",
    handle: ({ world, params, body }) => {
      const person = peopleOf(world).people.find(({ id }) => id === params["id"]);
      return person === undefined
        ? problem(404, "not-found", "There is no such person")
        : json(Object.assign(person, body as Schema<"PersonEdit">));
    },
  },
  {
    method: "DELETE",
    path: "/people/{id}",
    handle: ({ world, params }) => {
      const all = peopleOf(world);
      all.people = all.people.filter(({ id }) => id !== params["id"]);
      return nothing();
    },
  },
];
