-- Whose limits a key draws on, as the provider named it. An empty section stands for none.
CREATE TABLE pool_identity (
  workspace    ${text} NOT NULL,
  key_id       ${text} NOT NULL,
  organization ${text} NOT NULL,
  section      ${text} NOT NULL,
  PRIMARY KEY (workspace, key_id)
) ${options};

-- What a provider's model taught about the sizes of requests.
CREATE TABLE pool_lesson (
  workspace            ${text} NOT NULL,
  provider             ${text} NOT NULL,
  model                ${text} NOT NULL,
  input_per_mille      ${long} NOT NULL,
  most_input_per_mille ${long} NOT NULL,
  output               ${long} NOT NULL,
  most_output          ${long} NOT NULL,
  mean_output          ${long} NOT NULL,
  PRIMARY KEY (workspace, provider, model)
) ${options};
