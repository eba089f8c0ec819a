/**
 * A certificate as somebody has it from an authority, for `api.contoso.com` and `*.Contoso.net`, with its key and the
 * certificate of the authority: made by OpenSSL with a key of P-256, for a hundred years, and used nowhere else.
 */
export const SUPPLIED_PFX = [
  'MIIGXAIBAzCCBhIGCSqGSIb3DQEHAaCCBgMEggX/MIIF+zCCBLIGCSqGSIb3DQEHBqCCBKMwggSfAgEAMIIEmAYJKoZIhvcNAQcBMFcGCSqGSI',
  'b3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAi1MdKgGk3vhgICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEMHBP5Dik1OUWH39L+b6pseA',
  'ggQwRQSZNDpt3izdHKsuCFB3fZnFsBk7WfF9DqtuNFfVCnkEzaesaLWBSzSKus31uSzb0MnVD30Lar5tH3zDmBcVCFwXCWy3yUTGo0KlfoWVjE',
  'GBp/8U9VzP5VyfpKkSD6ym8UHdezmbZ9HYBtQ1ffP+Ma0H0JA0IrD/l4bFFbiVFey9x55AA+TODsWd/XOtJ1a650WjXEEABWsGF4PmU5Yc0PAO',
  'aLoZL8HGJ/zmb3YE9ZPewoleOQu+PH/dPlDjzuo1kLGr5axjpKyxoB8UFw29sb7jDYaG6uzfBtkXKJ8yH4uv3URIB/UxQoheWpJwKYxK4uqQSM',
  'yg0CKGaAVWN1h0tuuy+pEvj+Ni3PyZSwHlRiqlQPdaAVufmCB+hUT8RnJw7d3itie6O2JY1FD2O40dLqCWvxMyusJfVsksfV3vAy0R6+CZhWV2',
  '17vXRiAjoNn21oyzbDyfocJTzKCvJ4UcUKFl6U3XRgJqXmLLIz1tB/ZDm2ZnqXxUrG6iofqe2top0S+6gXmxRkT/F/sraA468vKunTtm87cuB7',
  '5Il8Yg/Zi5rREIbnsZlhc9ceV6eoW19HFOTUFNnyztyTUePwhiVpE9Mggo66tDp8UlxkPC3qpw5waaJKCIDd36eBDUuBRJM97YmvziqZZF70lM',
  'UXjRhyLzyAnm0zIJfskmzS8sETc+Cx9Yvrl6imX0vVvjmVwrvSVXNnwMqksGGCGqx9hzX3ih6rRf3FSewTAa9AnlzUZFyJ8RA8DONa3jL1+OQn',
  'eJGE8yc544M6MsfQRVAIEUtq1hK3Efdp2mXb3ScLkOP+VViQM6dPNTqospRGAiWDPfcUdeAwe9W+RzfQDlKpH2JMrD/SvmWoCpGHJ+bZIbIMFu',
  '3+FJh/oqK8hwXID/CdGfknY0FcgiW92WaKlLgwz+Rbzk+aHnhKg39twNZpBqG4FzvSYpySLXfL+GH1yQ/VvwnMfHr5y5LK+si0dfHNS8dDz7v/',
  'Yc8f7BVfk8cQ22pbIQ8eJZIL3TFveXmbXkd4rBGFMGqomlEAastnzzw37tuNNgwaRvGnGYe1S3MlP+dy1ZfG8e1jRvbfO031eFDPioXnv2oF2Z',
  'JtjnTTz6E7sVozDE4bfWAeIWqO9vyii/ld8C1S2cJx5nUJ4WZi6FlYsk1nNNkByj8B9COh7fKfJbiJak3ORp299ApjTGh4ygS+S4toHswHVZQT',
  'MhV/jZb+ePKzqeUZERdahrG77ZgibV9crjRqypusdOQseohTbHPuvhp1pec799rv5kGP+3pwASEJy4ylDXgXL3Lf+pKYe2YYyp5s/vUwiH/U9R',
  '4xN6XQYr/xFF7EsVOtrTU0r9uhgYRHkjzoAd0csdLJvyms8OQPyKYXxKe4E6eGNHX5ogwQMKhEgxYgIAEBuVt4+BHhQDz+hmcun4Jz/+o45cHM',
  'q9xDCCAUEGCSqGSIb3DQEHAaCCATIEggEuMIIBKjCCASYGCyqGSIb3DQEMCgECoIHvMIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAc',
  'BAjley1dwLEAQgICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEIb6SlrgfNaju65nhw6HlkEEgZD6eynOrNV+amc0h8tnOVoDXqQDdQ',
  'uidnyxtt7gzDqXSQf0Vi4MizJzF6CXmUgDuY7hWSNicjrEgElBnz5Y1dBkTZ4AqJvp7I9uKFX67Bnnde0uUdUhLYqmIhm57q1T4yJWjW6vd4u3',
  'ehX3x400mBEoKOpodjXKQyoIQm9ayEL59TDlW7YFJDXMJr8SOzQf3zAxJTAjBgkqhkiG9w0BCRUxFgQUFodAaHtkbibXh1ew8qOXOsv1EXswQT',
  'AxMA0GCWCGSAFlAwQCAQUABCBM7yZ4YTruAy8Oczm7QSHTeDkoA+LdB4jdqCpZ6/X2twQI0Z+saKTiDsoCAggA',
].join('');

/** The same certificate without its private key. */
export const PFX_WITHOUT_KEY = [
  'MIIDBwIBAzCCAr0GCSqGSIb3DQEHAaCCAq4EggKqMIICpjCCAqIGCSqGSIb3DQEHBqCCApMwggKPAgEAMIICiAYJKoZIhvcNAQcBMFcGCSqGSI',
  'b3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgi+6rGl1KtCgICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEB2xnivd5Z1MQtXmTX/QpOuA',
  'ggIgnymRGyuckUZZtBVj+W/TvDpS820go4JFKn1GjTezMvJ6Qw1IWKgGS35QZYtEMxRoeLpbYl73NcB5/CBtgfVL5/2cHjZX7FYqFyEq15gMkI',
  'rbM78b9E28djPpsMw9gxm0gsX9I4RyWmmdcCQzEYYla+Sgz4LURqO082jTBZYW60T0V4CWGfVes5xctfd1mFpPyFYVB9cXao0opqJX3x9SubEp',
  '5Q4dnMl/O3zmxNPEqMhEup6nnROVDC8zIEFdw92/Ruee1+fI/Q1Ik1womKPVoB/qDUr+8A6P7paoy7f42DyA7U+JVeauj+P380KTdaAj4HxPwz',
  'TP7V7z3hBZhG7T/si2ywQNXaiCUGb9xjpyTnz+4iaT9lwTVtFKayDLql/heUIJdrGcGKjWIDZFVIRrIRwLcWTGmPRbHxwJzF/pkmPCA+TIobj2',
  '35PFiu3mwm048QE4M9SXdRFpxk4gm7zJP2J7LAkFW2/mzwq5mHlQfEKglRT2WlR4XPX1hV5QdDzMzkf+XULLZog1iJQC579imJSFKFru/v6a1H',
  'FlM1R2wUe7rba/yckcdHIO9eKvgGSR9NJlfVxpeo+SA9mZks9+vcg9AYuCimCNqP92cXvzvvM/1zg0mGOxkpAROrLVtq0xy0uYEFyNfhkJH+Zd',
  'tK+IgTDh78dIjBj8YaLCy6cUCezJcxHAdrMuLQuOvFphwGv6cSz8busysq7oXsFuBvak4zBBMDEwDQYJYIZIAWUDBAIBBQAEIPm5GxvbTYLZDM',
  'kVudwPUhrssff+5697BR7TNtUQOcj4BAgc0t0kl3mYdwICCAA=',
].join('');

export const PFX_PASSWORD = 'correct horse';

/** What must not be found anywhere: the password, and any part of the file. */
export const PFX_SECRETS: readonly string[] = [PFX_PASSWORD, ...parts(SUPPLIED_PFX)];

function parts(content: string): readonly string[] {
  return Array.from({ length: Math.floor(content.length / 40) }, (_, index) =>
    content.slice(index * 40, index * 40 + 40),
  );
}
