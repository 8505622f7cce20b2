import { type EditorconfigFile, propertiesOf } from '../../../formats/editorconfig.ts';
import type { Family } from '../families.ts';
import { indentation, oneOf, ofSize, type Sayings } from './configRule.ts';

/** Of `.editorconfig`, for a file of a family. */
export function editorconfigSayings(file: EditorconfigFile, family: Family, samplePath: string): readonly Sayings[] {
  const properties = propertiesOf(file, samplePath);
  const style = properties['indent_style'];
  const size = properties['indent_size'];
  const sayings = [
    ...indentation(style === 'tab', size === 'tab' || size === undefined ? properties['tab_width'] : size),
    ...ofSize('lineWidth', properties['max_line_length']),
    ...oneOf('quotes', properties['quote_type'], { single: 'single', double: 'double' }),
    ...oneOf('controlBraces', properties['csharp_new_line_before_open_brace'], { all: 'ownLine', none: 'sameLine' }),
    ...oneOf('functionBraces', properties['csharp_new_line_before_open_brace'], { all: 'ownLine', none: 'sameLine' }),
    ...oneOf('elseLine', properties['csharp_new_line_before_else'], { true: 'ownLine', false: 'sameLine' }),
    ...oneOf('localTypes', properties['csharp_style_var_elsewhere']?.split(':')[0], { true: 'var', false: 'named' }),
  ];
  return [{ family, authority: 'editor', sayings }];
}
