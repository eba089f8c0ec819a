import type { CoveredDocument } from './statement';
import { apiGateway } from './statements/apiGateway';

export const apiGatewayFrench: CoveredDocument = {
  seed: 'apim-app-gateway.fr',
  about: 'French: let callers outside reach Azure OpenAI through Application Gateway and API Management.',
  sections: [
    {
      name: 'Intégrer de manière sécurisée Azure OpenAI avec APIM et Application Gateway',
      sentences: [
        ['peut être exposé sur Internet', apiGateway.exposedByDefault],
        ['restreignent souvent l’accès à OpenAI', apiGateway.privateEndpointKeepsInside],
        ['pose des défis lorsque', apiGateway.outsideCallers],
        ['il agit comme un proxy sécurisé entre', apiGateway.managementAsProxy],
        ['peut être placé devant APIM', apiGateway.gatewayInFront],
        ['en appliquant des règles de pare-feu', apiGateway.firewallRules],
        ['une terminaison SSL si nécessaire', apiGateway.termination],
      ],
    },
    {
      name: 'Configuration de Azure OpenAI avec un point de terminaison privé',
      sentences: [['Configuration de Azure OpenAI', apiGateway.openAiPrivately]],
    },
    {
      name: 'Déploiement d’APIM dans un VNET interne',
      sentences: [['Déploiement d’APIM dans un VNET', apiGateway.managementInside]],
    },
    {
      name: 'Mise en place de l’Application Gateway',
      sentences: [['Mise en place de l’Application Gateway pour', apiGateway.gatewayOutside]],
    },
    {
      name: 'Configuration de VNET, de sous-réseaux et de groupes de sécurité réseau',
      sentences: [['appliquer une segmentation réseau', apiGateway.segmentation]],
    },
    {
      name: 'Au final',
      sentences: [
        ['Connectivité privée de bout en bout', apiGateway.endToEnd],
        ['tout en gardant OpenAI caché d’Internet', apiGateway.hiddenService],
        ['Contrôle réseau granulaire', apiGateway.granularControl],
      ],
    },
    {
      name: 'Avant de plonger',
      sentences: [
        ['Un abonnement Azure actif', apiGateway.subscription],
        ['Des droits de contributeur ou de propriétaire', apiGateway.contributor],
      ],
    },
    {
      name: 'Services requis pour cette intégration',
      sentences: [
        ['pour établir un réseau privé et sécurisé', apiGateway.network],
        ['le contrôle du trafic', apiGateway.subnets],
        ['une région prenant en charge', apiGateway.account],
        ['déployé en mode VNET interne', apiGateway.management],
        ['restreindre l’accès d’Azure OpenAI', apiGateway.endpoint],
        ['équilibrage de charge et pare-feu', apiGateway.gateway],
      ],
    },
  ],
};
