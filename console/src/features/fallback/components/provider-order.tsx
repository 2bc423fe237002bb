import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from "@dnd-kit/core";
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon, Switch } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconGripVertical } from "@tabler/icons-react";
import classes from "@/features/fallback/components/provider-order.module.css";
import { moved } from "@/features/fallback/draft";
import type { Provider } from "@/shared/api/schema";
import { ProviderMark, providerName } from "@/shared/components/provider-mark";

interface ProviderOrderProps {
  order: Provider[];
  excluded: Provider[];
  disabled: boolean;
  onOrder: (order: Provider[]) => void;
  onExcluded: (excluded: Provider[]) => void;
}

/** Providers in the order in which they stand in; dragged, or moved with buttons. */
export function ProviderOrder({ order, excluded, disabled, onOrder, onExcluded }: ProviderOrderProps) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );

  function dropped({ active, over }: DragEndEvent) {
    if (over !== null && active.id !== over.id) {
      onOrder(moved(order, order.indexOf(active.id as Provider), order.indexOf(over.id as Provider)));
    }
  }

  return (
    <>
      <p className={classes["words"]}>
        The provider that was asked for comes first always. The others follow in this order.
      </p>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={dropped}>
        <SortableContext items={order} strategy={verticalListSortingStrategy} disabled={disabled}>
          <ol className={classes["list"]}>
            {order.map((provider, index) => (
              <Item
                key={provider}
                provider={provider}
                place={index + 1}
                included={!excluded.includes(provider)}
                onlyOne={excluded.length === order.length - 1}
                disabled={disabled}
                onUp={index === 0 ? undefined : () => onOrder(moved(order, index, index - 1))}
                onDown={
                  index === order.length - 1 ? undefined : () => onOrder(moved(order, index, index + 1))
                }
                onIncluded={(included) =>
                  onExcluded(
                    included ? excluded.filter((other) => other !== provider) : [...excluded, provider],
                  )
                }
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
    </>
  );
}

interface ItemProps {
  provider: Provider;
  place: number;
  included: boolean;
  /** Whether it is the last one that may stand in. */
  onlyOne: boolean;
  disabled: boolean;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onIncluded: (included: boolean) => void;
}

function Item({ provider, place, included, onlyOne, disabled, onUp, onDown, onIncluded }: ItemProps) {
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id: provider,
  });
  const name = providerName(provider);
  return (
    <li
      ref={setNodeRef}
      className={classes["item"]}
      data-dragging={isDragging}
      data-out={!included}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        type="button"
        className={classes["grip"]}
        disabled={disabled}
        {...attributes}
        {...listeners}
        aria-label={`Drag ${name}`}
      >
        <IconGripVertical size={16} aria-hidden />
      </button>
      <span className={classes["place"]}>{place}</span>
      <span className={classes["name"]}>
        <ProviderMark provider={provider} named />
        {!included && <span className={classes["quiet"]}>never stands in</span>}
      </span>
      <Switch
        aria-label={`${name} may stand in`}
        checked={included}
        disabled={disabled || (included && onlyOne)}
        onChange={(event) => onIncluded(event.currentTarget.checked)}
      />
      <ActionIcon
        className={classes["arrow"] ?? ""}
        variant="subtle"
        aria-label={`Move ${name} up`}
        disabled={disabled || onUp === undefined}
        onClick={onUp}
      >
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        className={classes["arrow"] ?? ""}
        variant="subtle"
        aria-label={`Move ${name} down`}
        disabled={disabled || onDown === undefined}
        onClick={onDown}
      >
        <IconArrowDown size={16} />
      </ActionIcon>
    </li>
  );
}
