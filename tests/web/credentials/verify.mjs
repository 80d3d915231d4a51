// An independent verifier: Digital Bazaar's, in JavaScript.  On its standard input it gets a list of
// what to look at: each a credential, the documents that the web would give by address, and the
// time.  It answers a list of {verified, revoked, error}.  Nothing is fetched.

import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';

const suite = new DataIntegrityProof({cryptosuite});

const loader = documents => async url => {
  const [address] = url.split('#');
  if (!(address in documents)) return vc.defaultDocumentLoader(url);
  let document = documents[address];
  if (address !== url && document.verificationMethod) {
    const found = document.verificationMethod.find(({id}) => id === url);
    if (!found) throw new Error(`no such key: ${url}`);
    document = {'@context': 'https://w3id.org/security/multikey/v1', ...found};
  }
  return {contextUrl: null, documentUrl: url, document};
};

const look = async ({credential, documents, now}) => {
  const documentLoader = loader(documents);
  const answer = await vc.verifyCredential({
    credential, suite, documentLoader, now: new Date(now),
    checkStatus: ({credential}) =>
      checkStatus({credential, documentLoader, suite, verifyStatusListCredential: true})
  });
  return {
    verified: answer.verified,
    revoked: (answer.statusResult?.results ?? []).some(({status}) => status),
    error: String(answer.error ?? answer.statusResult?.error ?? '')
  };
};

let sent = '';
for await (const part of process.stdin) sent += part;
console.log(JSON.stringify(await Promise.all(JSON.parse(sent).map(look))));
