import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconUserMinus, IconUserShield, IconUser } from "@tabler/icons-react";
import { ROLES, mayTouch, rolesToGive } from "@/features/people/roles";
import type { Person } from "@/shared/api/schema";
import { usePerson } from "@/shared/api/session";
import table from "@/shared/components/data-table.module.css";
import { FileMark } from "@/shared/components/source-mark";
import { age, dateTime } from "@/shared/format/time";
import { useNow } from "@/shared/live/clock";

interface PeopleTableProps {
  people: Person[];
  onRole: (person: Person, role: "admin" | "member") => void;
  onRemove: (person: Person) => void;
}

export function PeopleTable({ people, onRole, onRemove }: PeopleTableProps) {
  const self = usePerson();
  const now = useNow();
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th>Name</th>
          <th>Role</th>
          <th>Last seen</th>
          <th>Since</th>
          <th aria-label="Actions" />
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id}>
            <td>
              <div>
                <span className={table["name"]}>{person.name}</span>
                {person.id === self.id && <span className={table["quiet"]}> (you)</span>}{" "}
                {person.source === "file" && <FileMark />}
                <span className={table["under"]}>{person.email}</span>
              </div>
            </td>
            <td data-label="Role" title={ROLES[person.role].may}>
              {ROLES[person.role].word}
            </td>
            <td data-label="Last seen">
              {person.lastSeenAt === undefined ? (
                <span className={table["quiet"]}>never</span>
              ) : (
                <time dateTime={person.lastSeenAt} title={dateTime(person.lastSeenAt)}>
                  {age(now - Date.parse(person.lastSeenAt))}
                </time>
              )}
            </td>
            <td data-label="Since">{dateTime(person.createdAt)}</td>
            <td className={table["actions"]}>
              {mayTouch(self, person) && (
                <Menu position="bottom-end" width={190}>
                  <Menu.Target>
                    <ActionIcon aria-label={`Actions for ${person.name}`}>
                      <IconDots size={16} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {rolesToGive(self)
                      .filter((role) => role !== person.role)
                      .map((role) => (
                        <Menu.Item
                          key={role}
                          leftSection={
                            role === "admin" ? <IconUserShield size={15} /> : <IconUser size={15} />
                          }
                          onClick={() => onRole(person, role)}
                        >
                          Make {role === "admin" ? "an admin" : "a member"}
                        </Menu.Item>
                      ))}
                    <Menu.Item
                      color="red"
                      leftSection={<IconUserMinus size={15} />}
                      onClick={() => onRemove(person)}
                    >
                      Remove
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
